"""Forms of the portal, a file for each part."""
