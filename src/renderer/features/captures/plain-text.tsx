import { useEffect, useState } from 'react';

/** The text of a captured page, as text: nothing in it is followed or run. */
export function PlainText({ file }: { file: File }) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let isHere = true;
    void file.text().then((read) => isHere && setText(read));
    return () => {
      isHere = false;
    };
  }, [file]);
  return (
    <pre
      dir="auto"
      className="rounded-md border bg-sunken p-3 font-sans text-sm whitespace-pre-wrap text-ink wrap-anywhere"
    >
      {text}
    </pre>
  );
}
