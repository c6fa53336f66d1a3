"""What runs in a process of its own, so that nothing else warms it up or fattens it: each answers with what it cost."""
