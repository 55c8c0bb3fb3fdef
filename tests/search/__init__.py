"""Where Elasticsearch's client is tried on OpenSearch, every process of the tests persuades it."""

import os

if os.environ.get("SEARCH_TEST_URL", "").startswith("elasticsearch+"):
    from search.engines.cluster.elasticsearch_wire import ElasticsearchWire
    from tests.search.product_check import ProductCheckNode

    ElasticsearchWire.node_class = ProductCheckNode
