import { lookAtEverything } from "./support/looks";

lookAtEverything("light");
