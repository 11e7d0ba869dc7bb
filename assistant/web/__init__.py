"""The web shell: sign-in, headers, REST and guideline pages around the Gradio page."""
