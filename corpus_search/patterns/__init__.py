"""Conversations → findings: who, here, does what for whom, off the record, how often, and under which rules."""
