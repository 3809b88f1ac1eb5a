/* Whether a file is in the receipt, found out here: it is not sent. Where the browser cannot hash, the
   form does what it says. */
(d => {
  const form = d.getElementById("conferir"), said = d.getElementById("conferido");
  if (!self.crypto || !crypto.subtle) return;
  d.getElementById("arquivo-dica").textContent = "O arquivo não sai do seu aparelho.";

  const tell = text => {
    said.className = "nota";
    said.textContent = text;
  };
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const file = form.elements.arquivo.files[0];
    tell("Conferindo…");
    let hash;
    try {
      const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      hash = [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, "0")).join("");
    } catch {
      return tell("Não deu para ler o arquivo. Escolha-o de novo.");
    }
    const hashes = [...d.querySelectorAll("[data-sha256]")].map(code => code.dataset.sha256);
    const place = hashes.indexOf(hash) + 1;
    tell(place ? `Sim: “${file.name}” é o documento ${place} deste recibo, sem nenhuma mudança.`
      : `Não: “${file.name}” não está neste recibo, ou mudou depois do envio.`);
  });
})(document);
