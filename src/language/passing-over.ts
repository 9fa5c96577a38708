/** "Ga usah" ends the reminders elsewhere; at a question that need not be answered it passes over it. */
const PASSES_OVER =
  /^(?:(?:ga|gak|gk|g|ngga|nggak|enggak|engga|tidak|tdk|tak) ?(?:usah|perlu|mau|ingat|tahu|tau)|(?:lewat|lewati|lewatin|skip|lanjut|lupa)|no need|pass)(?: (?:aja|saja|dulu|deh|lah|ya|kak|itu|ini|it|please))*[.!]*$/i;

/** Whether a message leaves a question that may be left unanswered. */
export function passesOver(text: string): boolean {
  return PASSES_OVER.test(text.trim());
}
