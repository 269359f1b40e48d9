"""Importing through the CMS: an officer sends a file, sees what would happen, and says yes."""
