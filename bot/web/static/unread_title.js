/** Counts messages that came while the page was out of sight and shows the number in the tab's title. */

export function unreadTitle(title) {
  let count = 0;
  const show = () => {
    document.title = count ? `(${count}) ${title}` : title;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    count = 0;
    show();
  });
  show();
  return () => {
    if (!document.hidden) return;
    count += 1;
    show();
  };
}
