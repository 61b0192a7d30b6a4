import { readConfig } from "./config.js";

const password = process.env["APP_PASSWORD"];
const secret = readConfig().get("secret");
let token = null;
export const PASSWORD_FIELD = "password";

export function login(user, password = "") {
  const prompt = "Password: please enter";
  return check(user, { password: password }) || ask(prompt);
}
