// Does another implementation of SD-JWT agree with ours? `node sdjwt.mjs FOLDER`, where FOLDER has `npm install` done.
//
// Jobs are JSON lines on standard input, answers JSON lines on standard output, in their order:
//   {"do": "verify", "token": flattened JSON, "public": hex}   gives {"claims": ...} or {"error": ...}
//   {"do": "issue", "claims": ..., "frame": ..., "seed": hex}  gives {"token": flattened JSON}
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { FlattenJSON, SDJwtInstance } = createRequire(join(process.argv[2], "package.json"))("@sd-jwt/core");

// DER wrappings of RFC 8410 around a raw Ed25519 key.
const publicKey = (hex) =>
  createPublicKey({ key: Buffer.from("302a300506032b6570032100" + hex, "hex"), format: "der", type: "spki" });
const privateKey = (hex) =>
  createPrivateKey({ key: Buffer.from("302e020100300506032b657004220420" + hex, "hex"), format: "der", type: "pkcs8" });

const hasher = (data, alg) => createHash(alg.replace("-", "")).update(data).digest();

async function answer(job) {
  if (job.do === "verify") {
    const verifier = (data, sig) => verify(null, Buffer.from(data), publicKey(job.public), Buffer.from(sig, "base64url"));
    const reader = new SDJwtInstance({ hasher, hashAlg: "sha-256", verifier });
    const encoded = FlattenJSON.fromSerialized(job.token).toEncoded();
    const { payload } = await reader.verify(encoded, { currentDate: job.now });
    return { claims: payload };
  }
  const signer = (data) => sign(null, Buffer.from(data), privateKey(job.seed)).toString("base64url");
  const issuer = new SDJwtInstance({
    hasher, hashAlg: "sha-256", signer, signAlg: "EdDSA", saltGenerator: (length) => randomBytes(length).toString("base64url"),
  });
  const encoded = await issuer.issue(job.claims, job.frame, { header: job.header });
  return { token: FlattenJSON.fromEncode(encoded).toJson() };
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await answer(JSON.parse(line)).catch((error) => ({ error: String(error.message ?? error) }));
  process.stdout.write(JSON.stringify(said) + "\n");
}
