"""OpenSearch through opensearch-py, the client that it keeps for OpenSearch 2 and 3."""

from __future__ import annotations

from collections.abc import Mapping

from opensearchpy import OpenSearch, exceptions

from search.engines.cluster.address import Address
from search.engines.cluster.wires import JSON, LINES, Answer, hush, refused, too_slow, unreachable

hush("opensearch", "opensearchpy.trace")


class OpenSearchWire:
    """One client. `connections` is how many requests at once keep their connection."""

    def __init__(self, address: Address, ca_certs: str, connections: int) -> None:
        self._address = address
        self._client = OpenSearch(
            hosts=[{"host": host, "port": port} for host, port in address.hosts],
            use_ssl=address.secure,
            verify_certs=True,
            ca_certs=ca_certs or None,
            http_auth=(address.user, address.password) if address.user else None,
            pool_maxsize=connections,
            max_retries=len(address.hosts) - 1,
            retry_on_timeout=False,
            retry_on_status=(),
        )

    def send(
        self,
        method: str,
        path: str,
        params: Mapping[str, str],
        body: bytes | None,
        lines: bool,
        timeout: float,
    ) -> Answer:
        try:
            answer: Answer = self._client.transport.perform_request(
                method,
                path,
                params=dict(params),
                body=body,
                timeout=timeout,
                headers={"content-type": LINES if lines else JSON},
            )
        except exceptions.ConnectionTimeout:
            raise too_slow(self._address, timeout) from None
        except exceptions.SSLError as problem:
            raise unreachable(self._address, _kind(problem, "its certificate")) from None
        except exceptions.ConnectionError as problem:
            raise unreachable(self._address, _kind(problem, "")) from None
        except exceptions.TransportError as problem:
            raise refused(int(problem.status_code), problem.info) from None
        except exceptions.SerializationError:
            raise unreachable(self._address, "what answers there is no search cluster") from None
        return answer

    def close(self) -> None:
        self._client.close()


def _kind(problem: exceptions.ConnectionError, instead: str) -> str:
    """The name of what went wrong: its words may hold addresses of ours."""
    return instead or type(problem.info).__name__
