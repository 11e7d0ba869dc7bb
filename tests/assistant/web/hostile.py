"""Texts that have broken other pages."""

HOSTILE = {
    "html": "<h1>Vem</h1><img src=x onerror=alert(1)> kallar till SIP?",
    "script": "</script><script>window.trasig=1</script> kallelse",
    "attribute": '" autofocus onfocus="alert(1)" x="',
    "jinja": "{{ 7 * 7 }}{% include 'base.html' %} kallelse",
    "null": "Vem kallar\x00 till\x00 SIP?",
    "right-to-left": "Vem \u202ekallar\u202c till \u2067SIP\u2069?",
    "tags": "Vem kallar \U000e0041\U000e0042 till SIP?",
    "markdown": "[länk](javascript:alert(1)) **fet** $$\\frac{1}{2}$$ kallelse",
    "long-word": "sip" * 90,
    "emoji": "👩‍⚕️🧑🏽‍🦽 kallelse",
    "sql": "'; DROP TABLE riktlinjer; --",
    "path": "../../../../etc/passwd%00",
    "newlines": "kallelse\r\nSet-Cookie: a=b\r\n\r\n",
}
