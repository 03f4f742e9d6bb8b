"""Bytes to lines, one module a format; the libraries that read PDF, DOCX and HTML appear here only."""
