/** Two soft tones; a file of them would be one more thing to load. */
export function chime() {
  const sound = new AudioContext()
  for (const [at, hertz] of [
    [0, 660],
    [0.12, 880],
  ] as const) {
    const tone = sound.createOscillator()
    const volume = sound.createGain()
    const start = sound.currentTime + at
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.0001, start)
    volume.gain.exponentialRampToValueAtTime(0.15, start + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3)
    tone.connect(volume).connect(sound.destination)
    tone.start(start)
    tone.stop(start + 0.3)
    tone.onended = () => at > 0 && sound.close()
  }
}
