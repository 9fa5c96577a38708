import { Curve, hmacSign, type KeyPair, proto, WA_ADV_ACCOUNT_SIG_PREFIX } from '@whiskeysockets/baileys';

/**
 * What the phone signs to make a device one of the account: the device's identity key, signed with the account's,
 * under a code that proves that the phone saw the QR code or knew the pairing code.
 */
export function signDeviceIdentity(
  account: KeyPair,
  deviceKey: Uint8Array,
  advSecret: Uint8Array,
  keyIndex: number,
  epochMs: number,
): Uint8Array {
  const details = proto.ADVDeviceIdentity.encode({
    rawId: 1,
    timestamp: Math.floor(epochMs / 1000),
    keyIndex,
    deviceType: proto.ADVEncryptionType.E2EE,
  }).finish();
  const signed = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, deviceKey]);
  const identity = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: account.public,
    accountSignature: Curve.sign(account.private, signed),
  }).finish();
  return proto.ADVSignedDeviceIdentityHMAC.encode({
    details: identity,
    hmac: hmacSign(identity, advSecret),
    accountType: proto.ADVEncryptionType.E2EE,
  }).finish();
}
