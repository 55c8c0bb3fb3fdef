"""For tests alone: Elasticsearch's client against an OpenSearch server.

The client asks whether it speaks to Elasticsearch and in a media type of its own; OpenSearch knows
neither. This node answers the one and translates the other; every body goes through unchanged, so
that what is tested is the client, our requests, and a real server's answers to them.
"""

from dataclasses import replace
from typing import Any

from elastic_transport import HttpHeaders, Urllib3HttpNode

_OF_ELASTIC = "vnd.elasticsearch+"


class ProductCheckNode(Urllib3HttpNode):
    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        **kwargs: Any,
    ) -> Any:
        plain = HttpHeaders(
            {
                name: value.replace(_OF_ELASTIC, "").partition(";")[0]
                if name.lower() in {"accept", "content-type"}
                else value
                for name, value in (headers or {}).items()
            }
        )
        answer = super().perform_request(method, target, body=body, headers=plain, **kwargs)
        said = HttpHeaders({**answer.meta.headers, "x-elastic-product": "Elasticsearch"})
        return answer._replace(meta=replace(answer.meta, headers=said))
