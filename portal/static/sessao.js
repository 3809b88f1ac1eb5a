/* What the style cannot: say aloud that the session is about to end, and take it back when it goes on. */
(d => {
  const fim = d.getElementById("fim"), said = d.getElementById("anuncio");
  fim.addEventListener("animationend", () => said.textContent = fim.querySelector("p").textContent);
  d.addEventListener("htmx:afterRequest", e => {
    const { detail } = e;
    if (!detail.successful) return;
    // Whatever was asked for, the session counts its half hour anew.
    fim.classList.remove("fim");
    void fim.offsetWidth;
    fim.classList.add("fim");
    if (fim.contains(detail.elt)) {
      said.textContent = "A sua sessão continua";
      d.getElementById("conteudo").focus();
    }
  });
})(document);
