/** A page that neither runs nor fetches anything, and says so (`Content-Security-Policy`). */
export const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
