"""Reading a file that somebody sent, without trusting it. Knows nothing of the site: it runs in a process of its own."""
