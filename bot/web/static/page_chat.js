/** The citizens' page: one conversation, in a frame of its own or inside a portal's page (?embed=1). */

import { Conversation } from "./conversation.js";
import { isTouch } from "./dom.js";
import { followKeyboard, refuseStrayDrops } from "./page_size.js";
import { PAGE } from "./texts.js";
import { unreadTitle } from "./unread_title.js";

const asked = new URLSearchParams(location.search);
const embedded = asked.get("embed") === "1";
document.documentElement.classList.toggle("embedded", embedded);

const arrived = unreadTitle(PAGE.chatTitle);
const conversation = new Conversation({
  name: "chat",
  link: asked.get("u") || null,
  role: "chat",
  commands: ["/tracuu", "/trogiup", "/huy"],
  mayLeave: true,
  greetEachVisit: !embedded, // somebody scanned the code again; a portal's frame repeats its link on every page
  onArrival: arrived,
  onGreeted: () => embedded || history.replaceState(null, "", location.pathname),
});
document.getElementById("place").append(conversation.node);
followKeyboard();
refuseStrayDrops();
if (!embedded && !isTouch()) conversation.composer.focus();
