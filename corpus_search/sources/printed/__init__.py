"""Printed mail: lines of text into headers, bodies, quoted messages, signatures and notices."""
