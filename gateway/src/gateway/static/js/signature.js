// A signature that is drawn: with a finger, a pen or a mouse. It goes along with the form as a picture; whoever
// can't draw types a name, which needs no script.

export function startSignatures() {
  for (const part of document.querySelectorAll("[data-signature]")) {
    const pad = part.querySelector(".signature-pad");
    const file = part.querySelector("input[type=file]");
    if (pad && file && "DataTransfer" in window) draw(pad, pad.querySelector("canvas"), file);
  }
}

function draw(pad, canvas, file) {
  const pen = canvas.getContext("2d");
  let drawing = false;
  pad.hidden = false;
  clear();

  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => {
    if (drawing) keep();
    drawing = false;
  });
  pad.querySelector("button").addEventListener("click", () => {
    clear();
    file.value = "";
  });

  function clear() {
    Object.assign(pen, { fillStyle: "white", strokeStyle: "black", lineWidth: 4, lineCap: "round", lineJoin: "round" });
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }

  // At once, not by a promise: the form may be sent the moment the pen goes up.
  function keep() {
    const [, bytes] = canvas.toDataURL("image/png").split(",");
    const picture = Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([picture], "signature.png", { type: "image/png" }));
    file.files = carried.files;
  }

  function place(event) {
    const seen = canvas.getBoundingClientRect();
    return [((event.clientX - seen.left) * canvas.width) / seen.width, ((event.clientY - seen.top) * canvas.height) / seen.height];
  }
}
