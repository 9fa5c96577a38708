import { Curve, proto, WA_CERT_DETAILS } from '@whiskeysockets/baileys';

const INTERMEDIATE_SERIAL = 1;
const LEAF_SERIAL = 2;

/** One root for all servers of this process, so that a second server does not make the first one a stranger. */
const root = Curve.generateKeyPair();
const intermediate = Curve.generateKeyPair();

export const ROOT_KEY: Uint8Array = root.public;

/** What a server shows in the handshake: its key, signed by the intermediate, which the root has signed. */
export function certificateChain(staticKey: Uint8Array): Uint8Array {
  return proto.CertChain.encode({
    leaf: signed(
      { serial: LEAF_SERIAL, issuerSerial: INTERMEDIATE_SERIAL, key: staticKey },
      intermediate.private,
    ),
    intermediate: signed(
      { serial: INTERMEDIATE_SERIAL, issuerSerial: WA_CERT_DETAILS.SERIAL, key: intermediate.public },
      root.private,
    ),
  }).finish();
}

function signed(
  details: proto.CertChain.NoiseCertificate.IDetails,
  issuer: Uint8Array,
): proto.CertChain.INoiseCertificate {
  const bytes = proto.CertChain.NoiseCertificate.Details.encode(details).finish();
  return { details: bytes, signature: Curve.sign(issuer, bytes) };
}
