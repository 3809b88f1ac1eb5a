/* What HTML and htmx leave out: where the focus goes, what is said aloud, and three buttons. */
(d => {
  const said = d.getElementById("anuncio"), nav = navigator;
  let timer;
  const say = text => {
    said.textContent = "";
    setTimeout(() => said.textContent = text, 80);
  };
  const show = () => d.querySelectorAll(".ferramentas [hidden]").forEach(button => {
    const { copiar, partilhar } = button.dataset;
    button.hidden = copiar && !nav.clipboard || partilhar && !nav.share;
  });
  const on = (name, run) => d.addEventListener(name, e => run(e.target, e.detail));

  on("click", target => {
    const button = target.closest(".ferramentas button"), data = button ? button.dataset : {};
    if (data.copiar) nav.clipboard.writeText(data.copiar).then(() => say(button.lastChild.data = "Número copiado"));
    else if (data.partilhar) nav.share({ title: d.title, url: data.partilhar }).catch(show);
    else if (button) print();
  });
  on("htmx:beforeRequest", (_, detail) => {
    detail.target.setAttribute("aria-busy", true);
    timer = setTimeout(say, 300, "Carregando…");
  });
  on("htmx:beforeSwap", (_, detail) => {
    // An error page takes the place of the answer, wherever the request came from.
    if (detail.xhr.status > 399) {
      detail.target = d.getElementById("resposta");
      detail.selectOverride = "#resposta";
      detail.swapOverride = "outerHTML";
    }
  });
  on("htmx:afterRequest", (_, detail) => {
    clearTimeout(timer);
    detail.target.removeAttribute("aria-busy");
    if (detail.successful || [404, 422, 429, 503].includes(detail.xhr.status)) return;
    detail.elt.insertAdjacentHTML("afterend", '<p class="nota" role="alert">Não deu para carregar. Confira a internet.&nbsp;<a>Tentar de novo</a></p>');
    detail.elt.nextSibling.lastChild.href = detail.pathInfo.finalRequestPath;
  });
  on("htmx:afterSettle", target => {
    const foco = target.matches("[data-foco]") ? target : target.querySelector("[data-foco]");
    if (foco) foco.focus();
    if (target.dataset.anuncio) say(target.dataset.anuncio);
    show();
  });

  show();
  const error = d.querySelector("[role=alert]");
  if (error) error.focus();
})(document);
