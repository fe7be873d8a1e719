"""What measures the web app from outside; the app loads none of it, and its users need not install what it needs."""
