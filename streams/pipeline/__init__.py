"""The stream: topics, stages, and the Faust app that joins them."""
