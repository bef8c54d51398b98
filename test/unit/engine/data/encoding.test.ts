import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../../src-engine/data/encoding.ts'

const guessed = (bytes: Uint8Array) => {
  const decoded = decodeText(bytes)
  return decoded.ok ? { encoding: decoded.encoding, why: decoded.why, text: decoded.text } : decoded
}
const latin1 = (text: string) => Buffer.from(text, 'latin1')

describe('Shift JIS is guessed with its evidence', () => {
  it('from a header of Japanese words', () => {
    // 時間,電圧[V]
    const bytes = Uint8Array.of(0x8e, 0x9e, 0x8a, 0xd4, 0x2c, 0x93, 0x64, 0x88, 0xb3, 0x5b, 0x56, 0x5d, 0x0a, 0x30, 0x2c, 0x31)
    expect(guessed(bytes)).toEqual({ encoding: 'shift_jis', why: 'the bytes are not UTF-8, and 4 pairs of them make Japanese words', text: '時間,電圧[V]\n0,1' })
  })

  it.each([
    ['German', 'Prüfgröße;Länge in µm;Temperatur °C;Öl;Übermaß'], ['French', 'général;créée;élève;température °C;déjà'],
    ['Spanish', 'señal;año;niño;días'], ['Danish', 'måling;bølgelængde;ærø'], ['quotes of Windows', 'the sensor\x92s \x93best\x94 value \x96 today\x92s'],
    ['one sign', 'Temp \xb0C'],
  ])('not from %s', (_, text) => {
    expect(guessed(latin1(`${text}\n1;2\n`))).toMatchObject({ encoding: 'windows-1252' })
  })
})
