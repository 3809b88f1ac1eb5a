import pytest

from portal.web.device import name_device

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", "Chrome no Android"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36", "Chrome no Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {CHROME} Safari/537.36 Edg/131.0", "Edge no Windows"),
        (f"Mozilla/5.0 (Linux; Android 14) {CHROME} Safari/537.36 OPR/86", "Opera no Android"),
        (f"Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 {CHROME} Safari/537.36",
         "Samsung Internet no Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/133.0", "Firefox no Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1",
         "Safari no iPhone"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) FxiOS/133.0 Safari/605", "Firefox no iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_1) CriOS/131.0 Safari/604.1", "Chrome no iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1",
         "Safari no Mac"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541) {CHROME} Safari/537.36", "Chrome no Chromebook"),
        ("curl/8.5.0", "Outro navegador"),
        ("<script>alert(1)</script>", "Outro navegador"),
        ("", "Outro navegador"),
    ],
)  # fmt: skip
def test_a_browser_has_a_name_that_its_owner_knows(user_agent: str, name: str) -> None:
    assert name_device(user_agent) == name
