import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['cidrhost("10.0.0.0/8",2)', '"10.0.0.2"'],
  ['cidrhost("10.0.0.0/8",-1)', '"10.255.255.255"'],
  ['cidrhost("10.0.0.0/8",-2)', '"10.255.255.254"'],
  ['cidrhost("10.1.2.3/24",5)', '"10.1.2.5"'],
  [
    'cidrhost("10.0.0.0/30",4)',
    'error: Error in function call; Call to function "cidrhost" failed: prefix of 30 does not accommodate a host numbered 4.',
  ],
  [
    'cidrhost("10.0.0.0/30",-5)',
    'error: Error in function call; Call to function "cidrhost" failed: prefix of 30 does not accommodate a host numbered -5.',
  ],
  ['cidrhost("10.0.0.0/30",-4)', '"10.0.0.0"'],
  ['cidrhost("10.0.0.0/32",0)', '"10.0.0.0"'],
  [
    'cidrhost("10.0.0.0/32",1)',
    'error: Error in function call; Call to function "cidrhost" failed: prefix of 32 does not accommodate a host numbered 1.',
  ],
  ['cidrhost("fd00:fd12:3456:7890::/72",34)', '"fd00:fd12:3456:7890::22"'],
  ['cidrhost("fd00::/64",-1)', '"fd00::ffff:ffff:ffff:ffff"'],
  ['cidrhost("::/0",1)', '"::1"'],
  ['cidrhost("::ffff:1.2.3.4/120",5)', '"0:5::ffff:102:300"'],
  [
    'cidrhost("10.0.0.0",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 10.0.0.0.',
  ],
  [
    'cidrhost("10.0.0.0/33",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 10.0.0.0/33.',
  ],
  [
    'cidrhost("10.0.0/8",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 10.0.0/8.',
  ],
  [
    'cidrhost("010.0.0.0/8",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 010.0.0.0/8.',
  ],
  [
    'cidrhost("10.0.0.256/8",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 10.0.0.256/8.',
  ],
  [
    'cidrhost("x",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: x.',
  ],
  [
    'cidrhost("10.0.0.0/8",1.5)',
    'error: Error in function call; Call to function "cidrhost" failed: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  ['cidrhost("10.0.0.0/08",1)', '"10.0.0.1"'],
  [
    'cidrhost("10.0.0.0/-1",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 10.0.0.0/-1.',
  ],
  [
    'cidrhost("10.0.0.0/",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 10.0.0.0/.',
  ],
  [
    'cidrhost("fe80::1%eth0/64",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: fe80::1%eth0/64.',
  ],
  [
    'cidrhost("1::2::3/64",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 1::2::3/64.',
  ],
  ['cidrhost("1:2:3:4:5:6:7:8/64",1)', '"1:2:3:4::1"'],
  ['cidrhost("1:2:3:4:5:6:7::/64",1)', '"1:2:3:4::1"'],
  [
    'cidrhost("1:2:3:4:5:6:7:8:9/64",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 1:2:3:4:5:6:7:8:9/64.',
  ],
  ['cidrhost("::1.2.3.4/96",1)', '"::1"'],
  [
    'cidrhost("1.2.3.4::/96",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 1.2.3.4::/96.',
  ],
  [
    'cidrhost("12345::/96",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 12345::/96.',
  ],
  [
    'cidrhost(":/96",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: :/96.',
  ],
  [
    'cidrhost("1:/96",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 1:/96.',
  ],
  [
    'cidrhost(":1/96",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: :1/96.',
  ],
  ['cidrhost("::/96",1)', '"::1"'],
  [
    'cidrhost(":::/96",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: :::/96.',
  ],
  [
    'cidrhost("1:2:3:4:5:6:7:8::/64",1)',
    'error: Error in function call; Call to function "cidrhost" failed: invalid CIDR expression: invalid CIDR address: 1:2:3:4:5:6:7:8::/64.',
  ],
  ['cidrnetmask("10.0.0.0/8")', '"255.0.0.0"'],
  ['cidrnetmask("10.0.0.0/0")', '"0.0.0.0"'],
  ['cidrnetmask("10.0.0.0/25")', '"255.255.255.128"'],
  ['cidrnetmask("fd00::/48")', '"ffff:ffff:ffff::"'],
  ['cidrnetmask("fd00::/0")', '"::"'],
  ['cidrnetmask("fd00::/33")', '"ffff:ffff:8000::"'],
  [
    'cidrnetmask("x")',
    'error: Error in function call; Call to function "cidrnetmask" failed: invalid CIDR expression: invalid CIDR address: x.',
  ],
  ['cidrsubnet("10.0.0.0/8",8,2)', '"10.2.0.0/16"'],
  ['cidrsubnet("10.0.0.0/8",0,0)', '"10.0.0.0/8"'],
  [
    'cidrsubnet("10.0.0.0/8",8,256)',
    'error: Error in function call; Call to function "cidrsubnet" failed: prefix extension of 8 does not accommodate a subnet numbered 256.',
  ],
  [
    'cidrsubnet("10.0.0.0/8",8,-1)',
    'error: Error in function call; Call to function "cidrsubnet" failed: prefix extension of 8 does not accommodate a subnet numbered -1.',
  ],
  [
    'cidrsubnet("10.0.0.0/8",25,0)',
    'error: Error in function call; Call to function "cidrsubnet" failed: insufficient address space to extend prefix of 8 by 25.',
  ],
  [
    'cidrsubnet("10.0.0.0/8",33,0)',
    'error: Error in function call; Call to function "cidrsubnet" failed: may not extend prefix by more than 32 bits.',
  ],
  ['cidrsubnet("fd00::/48",16,162)', '"fd00:0:0:a2::/64"'],
  [
    'cidrsubnet("fd00::/48",33,1)',
    'error: Error in function call; Call to function "cidrsubnet" failed: may not extend prefix by more than 32 bits.',
  ],
  ['cidrsubnet("fd00::/48",32,1)', '"fd00::1:0:0:0/80"'],
  [
    'cidrsubnet("10.0.0.0/8",1.5,0)',
    'error: Error in function call; Call to function "cidrsubnet" failed: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  [
    'cidrsubnet("10.0.0.0/8",8,0.5)',
    'error: Error in function call; Call to function "cidrsubnet" failed: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  ['cidrsubnet("10.1.2.3/16",4,15)', '"10.1.240.0/20"'],
  [
    'cidrsubnet("x",4,15)',
    'error: Error in function call; Call to function "cidrsubnet" failed: invalid CIDR expression: invalid CIDR address: x.',
  ],
  ['cidrsubnet("::ffff:1.2.0.0/112",8,1)', '"1.2.1.0/24"'],
  ['cidrsubnet("10.0.0.0/8",-4,0)', '"10.0.0.0/4"'],
  [
    'cidrsubnet("10.0.0.0/8",1,2)',
    'error: Error in function call; Call to function "cidrsubnet" failed: prefix extension of 1 does not accommodate a subnet numbered 2.',
  ],
  ['cidrsubnets("10.1.0.0/16",4,4,8,4)', '["10.1.0.0/20","10.1.16.0/20","10.1.32.0/24","10.1.48.0/20"]'],
  ['cidrsubnets("10.1.0.0/16")', '[]'],
  [
    'cidrsubnets("10.1.0.0/16",0)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: must extend prefix by at least one bit.',
  ],
  [
    'cidrsubnets("10.1.0.0/16",17)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: would extend prefix to 33 bits, which is too long for an IPv4 address.',
  ],
  [
    'cidrsubnets("10.1.0.0/16",33)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: may not extend prefix by more than 32 bits.',
  ],
  [
    'cidrsubnets("10.1.0.0/16",1,1,1)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: not enough remaining address space for a subnet with a prefix of 17 bits after 10.1.128.0/17.',
  ],
  [
    'cidrsubnets("10.1.0.0/16",1.5)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  [
    'cidrsubnets("10.1.0.0/16",4,1.5)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  ['cidrsubnets("fd00::/48",16,16,32)', '["fd00::/64","fd00:0:0:1::/64","fd00:0:0:2::/80"]'],
  [
    'cidrsubnets("fd00::/120",9)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: would extend prefix to 129 bits, which is too long for an IPv6 address.',
  ],
  [
    'cidrsubnets("0.0.0.0/8",4)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: not enough remaining address space for a subnet with a prefix of 12 bits after 255.240.0.0/12.',
  ],
  [
    'cidrsubnets("255.255.255.0/24",1,1,1)',
    'error: Invalid function argument; Invalid value for "newbits" parameter: not enough remaining address space for a subnet with a prefix of 25 bits after 255.255.255.128/25.',
  ],
  ['cidrsubnets("10.0.0.0/8",8,4,8)', '["10.0.0.0/16","10.16.0.0/12","10.32.0.0/16"]'],
  [
    'cidrsubnets("x",4)',
    'error: Invalid function argument; Invalid value for "prefix" parameter: invalid CIDR expression: invalid CIDR address: x.',
  ],
]

callSuite('parser/eval/functions/network', cases).run()
