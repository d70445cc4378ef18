/** A file of its own: people never load it. */
export { GalleryPage } from "./gallery/GalleryPage";
