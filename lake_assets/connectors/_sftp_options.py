"""What is declared of an SFTP server."""

from __future__ import annotations

from pydantic import ConfigDict, Field, model_validator

from lake_assets.connectors.protocol import ConnectorOptions

__all__ = ["SftpOptions"]


class SftpOptions(ConnectorOptions):
    """What a source of this kind declares. The server must prove who it is: nothing is trusted at first sight.

    Args:
        host: Its name or address.
        port: Its port.
        username: Who asks; `${NAME}` is filled in.
        password_env: Which environment variable holds the password.
        key_file: A private key, from the project folder; `${NAME}` is filled in.
        passphrase_env: Which environment variable holds the passphrase of the key.
        known_hosts: A file as OpenSSH keeps it that has the server's key; `~` is the home folder.
        host_key: The fingerprint of the server's key, as `ssh-keygen -l` shows it: `SHA256:...`.
        path: The base folder, from where the server lets in.
        settle_s: A file changed less than this many seconds ago is left for the next look.
        timeout_s: How long to wait for a connection, and for each next piece of an answer.
        retries: How often to go on where a connection was lost.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    host: str = Field(min_length=1)
    port: int = Field(default=22, gt=0, lt=1 << 16)
    username: str = Field(min_length=1)
    password_env: str = ""
    key_file: str = ""
    passphrase_env: str = ""
    known_hosts: str = ""
    host_key: str = Field(default="", pattern=r"^(SHA256:[A-Za-z0-9+/]{43})?$")
    path: str = ""
    settle_s: float = Field(default=10, ge=0)
    timeout_s: float = Field(default=30, gt=0)
    retries: int = Field(default=2, ge=0)

    @model_validator(mode="after")
    def _proofs(self) -> SftpOptions:
        if bool(self.known_hosts) == bool(self.host_key):
            raise ValueError("name the server's key: by known_hosts or by host_key")
        if bool(self.password_env) == bool(self.key_file):
            raise ValueError("name what proves who asks: password_env or key_file")
        return self
