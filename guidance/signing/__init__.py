"""Signs a statement and checks a signature (Ed25519, RFC 8032). Pure: knows no Django."""
