/**
 * Longer links are cut by browsers and refused by Telegram's page for sharing; all its apps and WhatsApp's take this much.
 * Counted in characters of the link.
 */
export const LONGEST_LINK = 2_000;

/** Opens WhatsApp with the text filled in; whom it goes to is chosen there. Null when the link would be too long. */
export function whatsAppLink(text: string): string | null {
  return bounded(`https://wa.me/?text=${encoded(text)}`);
}

/** The same in Telegram, which wants a page to share and puts its address above the text. */
export function telegramLink(page: string, text: string): string | null {
  return bounded(`https://t.me/share/url?url=${encoded(page)}&text=${encoded(text)}`);
}

/** A mail with everything but the sender filled in. Lines end as RFC 6068 wants them. */
export function mailLink(address: string, subject: string, body: string): string | null {
  const lines = body.replaceAll('\n', '\r\n');
  return bounded(`mailto:${address}?subject=${encoded(subject)}&body=${encoded(lines)}`);
}

function bounded(link: string): string | null {
  return link.length <= LONGEST_LINK ? link : null;
}

/** Also what messengers leave out at the end of a link or make bold letters of. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*._~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
