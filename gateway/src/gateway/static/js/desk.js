// What every page does with JavaScript. Without it all of this is links and forms.
import { followLive } from "./live.js";
import { startKeys } from "./keys.js";
import { startPalette } from "./palette.js";
import { startAsking } from "./asking.js";
import { startDragging } from "./dragging.js";
import { startSignatures } from "./signature.js";
import { startCopying, startForms } from "./forms.js";

document.documentElement.dataset.script = "on";
for (const element of document.querySelectorAll("[data-opens][hidden]")) element.hidden = false;
startForms();
startAsking();
startDragging();
startCopying();
startSignatures();
startPalette();
startKeys();
followLive();
