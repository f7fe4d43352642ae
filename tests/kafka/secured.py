"""An Apache Kafka that lets in only whom it knows: TLS with certificates made here, SASL with PLAIN and SCRAM."""

from __future__ import annotations

import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from confluent_kafka.admin import (
    AdminClient,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)

from streams.broker import apache

USER = "archive"
PASSWORD = "correct-horse-7#battery"
PLAIN, SCRAM = (
    "org.apache.kafka.common.security.plain.PlainLoginModule",
    ("org.apache.kafka.common.security.scram.ScramLoginModule"),
)


@dataclass(frozen=True)
class Certificates:
    """Files (PEM) in a folder: who signs, who is signed, and one that nobody here trusts."""

    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    @property
    def stranger(self) -> Path:
        """An authority that has signed nothing of the broker's."""
        return self.folder / "stranger.pem"

    def of(self, name: str) -> tuple[Path, Path]:
        """Certificate and key of "broker" or "client"."""
        return self.folder / f"{name}.pem", self.folder / f"{name}.key"


def certificates(folder: Path) -> Certificates:
    """Made anew with the openssl that is installed."""
    folder.mkdir(parents=True, exist_ok=True)

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    for authority in ("authority", "stranger"):
        openssl("req", "-x509", *key, "-days", "2", "-subj", f"/CN={authority}", "-keyout", f"{authority}.key",
                "-out", f"{authority}.pem")  # fmt: skip
    for name, further in (("broker", "subjectAltName=IP:127.0.0.1"), ("client", "extendedKeyUsage=clientAuth")):
        (folder / "more.cnf").write_text(further)
        openssl("req", *key, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        openssl("x509", "-req", "-days", "2", "-in", f"{name}.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                "-CAcreateserial", "-extfile", "more.cnf", "-out", f"{name}.pem")  # fmt: skip
    return Certificates(folder)


@dataclass(frozen=True)
class Secured:
    """The broker's doors by their protocol; "MTLS" is SSL that asks for the client's certificate."""

    ports: dict[str, int]
    certificates: Certificates

    def settings(self, protocol: str, mechanism: str = "PLAIN", password: str = PASSWORD) -> dict[str, Any]:
        """What a client must be told to come in through that door."""
        chosen: dict[str, Any] = {
            "brokers": f"127.0.0.1:{self.ports[protocol]}",
            "security_protocol": protocol.replace("MTLS", "SSL"),
        }
        if protocol.startswith("SASL"):
            chosen |= {"sasl_mechanism": mechanism, "sasl_username": USER, "sasl_password": password}
        if protocol != "SASL_PLAINTEXT":
            chosen["ssl_ca_file"] = self.certificates.authority
        if protocol == "MTLS":
            chosen["ssl_certificate_file"], chosen["ssl_key_file"] = self.certificates.of("client")
        return chosen


def start(home: Path, libs: Path) -> Secured:
    """Runs in ``home`` until `apache.stop` is called with it. Raises MissingProgramError."""
    made = certificates(home / "certificates")
    certificate, key = made.of("broker")
    (home / "broker-chain.pem").write_bytes(key.read_bytes() + certificate.read_bytes())
    names = ("PLAINTEXT", "CONTROLLER", "SASL_SSL", "SASL_PLAINTEXT", "SSL", "MTLS")
    ports = dict(zip(names, _free_ports(len(names)), strict=True))
    addresses = {name: f"{name}://127.0.0.1:{port}" for name, port in ports.items()}
    jaas = {
        "plain": f'{PLAIN} required user_{USER}="{PASSWORD}";',
        "scram-sha-256": f"{SCRAM} required;",
        "scram-sha-512": f"{SCRAM} required;",
    }
    apache.start(home, ports["PLAINTEXT"], libs=libs, properties={
        "listeners": ",".join(addresses.values()),
        "advertised.listeners": ",".join(each for name, each in addresses.items() if name != "CONTROLLER"),
        "controller.quorum.bootstrap.servers": f"127.0.0.1:{ports['CONTROLLER']}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,"
                                          "SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL,MTLS:SSL",
        "listener.name.mtls.ssl.client.auth": "required",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(home / "broker-chain.pem"),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(made.authority),
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
        **{
            f"listener.name.{door}.{mechanism}.sasl.jaas.config": module
            for door in ("sasl_ssl", "sasl_plaintext")
            for mechanism, module in jaas.items()
        },
    })  # fmt: skip
    _let_in(f"127.0.0.1:{ports['PLAINTEXT']}")
    return Secured(ports, made)


def _let_in(address: str) -> None:
    """Makes the user known to SCRAM, by the door that asks for nothing."""
    admin = AdminClient({"bootstrap.servers": address})
    wanted = [
        UserScramCredentialUpsertion(USER, ScramCredentialInfo(mechanism, 4096), PASSWORD.encode())
        for mechanism in (ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)
    ]
    for done in (admin.alter_user_scram_credentials([each])[USER] for each in wanted):
        done.result(timeout=60)


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def has_openssl() -> bool:
    return shutil.which("openssl") is not None
