/** A file that is written part by part. */
export type GrowingFile = {
  write: (text: string) => Promise<void>;
  close: () => Promise<void>;
  /** Nothing of it stays. */
  abort: () => Promise<void>;
};

type Place = { createWritable: () => Promise<FileSystemWritableFileStream> };

declare global {
  interface Window {
    /** Not every browser has it, and none without TLS on another host. */
    showSaveFilePicker?: (options: { suggestedName: string }) => Promise<Place>;
  }
}

/** On the disk at once where the browser can, so that its size does not matter. `null` when no place was chosen. */
export async function growFile(name: string, type: string): Promise<GrowingFile | null> {
  if (!window.showSaveFilePicker) return inMemory(name, type);
  try {
    const place = await window.showSaveFilePicker({ suggestedName: name });
    const stream = await place.createWritable();
    return {
      write: (text) => stream.write(text),
      close: () => stream.close(),
      abort: () => stream.abort(),
    };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    throw error;
  }
}

function inMemory(name: string, type: string): GrowingFile {
  const parts: string[] = [];
  return {
    write: async (text) => void parts.push(text),
    close: async () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(parts, { type }));
      link.download = name;
      link.click();
      // The browser has begun to read it by then.
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
    abort: async () => void parts.splice(0),
  };
}
