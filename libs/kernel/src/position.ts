/** Before the first event of any log. */
export const startOfLog = '0'.repeat(20);

const pattern = /^[0-9]{20}$/;

/** Whether a text has the form of a position. */
export const isPosition = (text: string): boolean => pattern.test(text);
