"""What pages say of recordings, holds and requests: values in words, ready for a template."""
