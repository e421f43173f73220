/**
 * What is no text to a reader but an order to a device: control characters (C0 but for tabs and line breaks, DEL, and C1, of
 * which U+009B begins an order to a terminal), what turns the direction of what follows, and what is no character at all.
 */
// eslint-disable-next-line no-control-regex
const orders = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\r(?!\n)/g;

/** Text as it may be shown: on a page, in a workbook, on a terminal. What would give orders is a replacement character. */
export const shownText = (text: string): string => text.toWellFormed().replace(orders, '\ufffd');

/** Text as it may be shown in one line: breaks and tabs are spaces. */
export const shownLine = (text: string): string => shownText(text.replace(/[\r\n\t\u2028\u2029]+/g, ' '));

/** JSON as it may be shown: it says the same, and what would give orders is an escape. */
export const shownJson = (json: string): string =>
  json.replace(orders, (order) => `\\u${order.charCodeAt(0).toString(16).padStart(4, '0')}`);
