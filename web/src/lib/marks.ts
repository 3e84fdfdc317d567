// Found words in an excerpt stand between U+E000 and U+E001.
export interface Piece { text: string; found: boolean }

export function pieces(excerpt: string): Piece[] {
  const out: Piece[] = [];
  let found = false;
  for (const part of excerpt.split(/([\ue000\ue001])/)) {
    if (part === "\ue000") found = true;
    else if (part === "\ue001") found = false;
    else if (part) out.push({ text: part, found });
  }
  return out;
}
