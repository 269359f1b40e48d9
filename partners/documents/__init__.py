"""Assurance documents as files: sent by a partner, looked at by an officer, kept where nothing is served from."""
