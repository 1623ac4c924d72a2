"""The register of documents, the sources, the instruments."""
