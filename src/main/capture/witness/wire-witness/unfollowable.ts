/** Thrown inside a parser where it cannot go on, and caught by it: the sentence goes to `unparsable`. */
export class Unfollowable extends Error {}
