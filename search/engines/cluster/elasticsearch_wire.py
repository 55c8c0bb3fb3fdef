"""Elasticsearch through its own client. Version 8 of it is what both servers 8 and 9 understand:
it asks for answers compatible with 8, and a server 8 turns a client 9 away."""

from __future__ import annotations

from collections.abc import Mapping

import elastic_transport
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from search.engines.cluster.address import Address
from search.engines.cluster.wires import JSON, LINES, Answer, hush, refused, too_slow, unreachable

hush("elastic_transport", "elasticsearch")


class ElasticsearchWire:
    """One client. `connections` is how many requests at once keep their connection."""

    node_class: type[elastic_transport.BaseNode] = elastic_transport.Urllib3HttpNode
    """What speaks HTTP for the client."""

    def __init__(self, address: Address, ca_certs: str, connections: int) -> None:
        self._address = address
        scheme = "https" if address.secure else "http"
        self._client = Elasticsearch(
            [{"host": host, "port": port, "scheme": scheme} for host, port in address.hosts],
            ca_certs=ca_certs or elastic_transport.client_utils.DEFAULT,
            basic_auth=(address.user, address.password) if address.user else None,
            connections_per_node=connections,
            node_class=self.node_class,
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
        headers = {"accept": JSON}
        if body is not None:
            headers["content-type"] = LINES if lines else JSON
        try:
            answer = self._client.options(request_timeout=timeout).perform_request(
                method, path, params=dict(params), headers=headers, body=body
            )
        except elastic_transport.ConnectionTimeout:
            raise too_slow(self._address, timeout) from None
        except elastic_transport.TlsError:
            raise unreachable(self._address, "its certificate") from None
        except elastic_transport.ConnectionError as problem:
            cause = problem.errors[0] if problem.errors else problem
            raise unreachable(self._address, type(cause).__name__) from None
        except (elastic_transport.SerializationError, UnsupportedProductError):
            raise unreachable(self._address, "what answers there is no Elasticsearch") from None
        except ApiError as problem:
            raise refused(problem.meta.status, problem.body) from None
        found: Answer = answer.body
        return found

    def close(self) -> None:
        self._client.close()
