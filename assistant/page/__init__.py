"""The Gradio page. Thin: it shows what the assistant says and decides nothing."""
