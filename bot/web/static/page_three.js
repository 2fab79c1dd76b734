/** The sample page: a citizen, an official and a unit head side by side; on a phone one at a time, with a switch. */

import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { followKeyboard, refuseStrayDrops } from "./page_size.js";
import { Switcher } from "./switcher.js";
import { PAGE } from "./texts.js";
import { unreadTitle } from "./unread_title.js";

const PANES = [
  { pane: "citizen", commands: ["/tracuu", "/trogiup", "/huy"], mayLeave: true },
  { pane: "official", shortcuts: [{ command: "/diemdanh", icon: "checkin" }], commands: ["/tukiemtra", "/trogiup", "/huy"] },
  { pane: "head", shortcuts: [{ command: "/bantin", icon: "digest" }], commands: ["/trogiup", "/huy"] },
];

const link = new URLSearchParams(location.search).get("u") || null;
const inTitle = unreadTitle(PAGE.sampleTitle);

document.getElementById("sample-title").textContent = PAGE.sampleTitle;
document.getElementById("sample-note").textContent = PAGE.sampleNote;

const conversations = PANES.map(({ pane, ...rest }) => {
  const onArrival = (conversation) => {
    inTitle();
    switcher?.arrived(conversation);
  };
  return new Conversation({ ...rest, name: pane, pane, role: pane, link: pane === "citizen" ? link : null, onArrival });
});
const switcher = new Switcher(conversations);

const skips = conversations.map((conversation) => {
  const go = () => (switcher.show(conversation), conversation.composer.focus());
  return el("button.skip", { type: "button", onclick: go }, PAGE.skipTo(conversation.frame.title.textContent));
});
document.getElementById("skips").append(...skips);
document.getElementById("switch").append(switcher.node);
document.getElementById("place").append(...conversations.map(({ node }) => node));
followKeyboard();
refuseStrayDrops();
