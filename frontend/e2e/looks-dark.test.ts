import { lookAtEverything } from "./support/looks";

lookAtEverything("dark");
