import { build } from 'esbuild';
for (const external of [[], ['@aws-sdk/*','@smithy/*']]) {
const { metafile } = await build({ entryPoints: ['functions/statements/api.ts'], outdir: '/tmp/zzb', bundle: true, format:'esm', platform:'node', target:'node24', mainFields:['module','main'], minify:true, legalComments:'none', metafile:true, external});
const o = Object.values(metafile.outputs)[0];
console.log('total', o.bytes);
const by = {};
for (const [f,{bytesInOutput}] of Object.entries(o.inputs)) { const m = /node_modules\/((@[^/]+\/)?[^/]+)/.exec(f); const k = m? m[1] : f.split('/').slice(0,2).join('/'); by[k]=(by[k]??0)+bytesInOutput; }
console.log(Object.entries(by).sort((a,b)=>b[1]-a[1]).slice(0,24).map(([k,v])=>v+' '+k).join('\n'));
}
