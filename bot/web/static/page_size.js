/** Keeps the page as high as what a phone's on-screen keyboard leaves visible, where the browser does not do that itself. */

export function followKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    const covered = innerHeight - view.height;
    const root = document.documentElement;
    if (covered > 80 && view.scale < 1.05) {
      root.style.setProperty("--page-height", `${view.height}px`);
      scrollTo(0, 0);
    } else root.style.removeProperty("--page-height");
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
}

/** A file dropped beside a conversation must not replace the page. */
export function refuseStrayDrops() {
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => event.preventDefault());
}
