import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseRemoteAddress } from '../../../src/driver/remote/remote-address.ts'

const test = suite('driver/remote-address')

const understood: readonly [address: string, want: string][] = [
  ['unix:///run/bk.sock', 'socket /run/bk.sock'],
  ['npipe:////./pipe/buildkitd', 'socket \\\\.\\pipe\\buildkitd'],
  ['tcp://far:1234', 'tcp far 1234'],
  ['tcp://[::1]:80', 'tcp ::1 80'],
  ['docker-container://bk', 'docker exec -i bk buildctl dial-stdio'],
  ['docker-container://bk?context=far', 'docker --context=far exec -i bk buildctl dial-stdio'],
  ['kube-pod://pod-0', 'kubectl exec -i pod-0 -- buildctl dial-stdio'],
  [
    'kube-pod://p?context=c&namespace=n&container=k',
    'kubectl --context=c --namespace=n exec --container=k -i p -- buildctl dial-stdio',
  ],
  ['ssh://me@far:22022', 'ssh -l me -p 22022 -- far buildctl dial-stdio'],
  ['ssh://far/run/bk.sock', 'ssh -- far buildctl --addr unix:///run/bk.sock dial-stdio'],
]
for (const [address, want] of understood) {
  test(`understands ${address}`, () => {
    const found = parseRemoteAddress(address)
    const text =
      found.kind === 'command'
        ? [found.command, ...found.args].join(' ')
        : found.kind === 'tcp'
          ? `tcp ${found.host} ${found.port}`
          : `socket ${found.path}`
    assert.is(text, want)
  })
}

const refused: readonly [address: string, message: RegExp][] = [
  ['foo://x', /^unrecognized url scheme foo$/],
  ['x', /^unrecognized url scheme $/],
  ['podman-container://x', /^unrecognized url scheme podman-container$/],
  ['tcp://', /not a valid address|host name is missing/],
  ['ssh://me:secret@far', /^cannot use the BuildKit address "ssh:\/\/…": passwords/],
  ['ssh://far?x=1', /query and fragment/],
  ['ssh://', /not a valid address|host name is missing/],
  ['docker-container://-v', /not the name of a container/],
  ['kube-pod://-x', /not the name of a pod/],
  ['kube-pod://p?namespace=$(x)', /unsupported namespace name/],
]
for (const [address, message] of refused) {
  test(`refuses ${address}`, () => {
    assert.throws(
      () => parseRemoteAddress(address),
      (error: Error) => error.name === 'BuildFailure' && message.test(error.message),
    )
  })
}

test.run()
