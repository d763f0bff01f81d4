import uuid, random
from concurrent.futures import ThreadPoolExecutor
from tests.serving import Served
from tests.world import *
from tests.concurrency.customers import *
from tests.usage import usage_of
from django.db import connection
import os, time
def test_zz(committed_db, tmp_path):
    w=make_world()
    count_stock(market=w.market, actor=SYSTEM, good_id=w.mackerel.pk, on_hand=90000)
    with Served("web", tmp_path/"web.log") as web:
        cs=[Caller(web.port,i) for i in range(32)]
        def go(c,i):
            t=time.perf_counter()
            a=c.post("markets/jangteo/orders/", {"lines":[{"good_id":w.mackerel.pk,"quantity":1},{"good_id":w.tofu.pk,"quantity":1},{"good_id":w.cabbage.pk,"quantity":1}],"name":"a","phone":f"010-{random.randint(1000,9999)}-{random.randint(1000,9999)}","fulfil":"pickup","tender":"at_stall"}, key=str(uuid.uuid4()))
            return a, time.perf_counter()-t
        a,_=go(cs[0],0); print(a)
        for rnd in range(3):
            u=usage_of([web.pid]); me=os.times()
            t=time.perf_counter()
            with ThreadPoolExecutor(32) as ex:
                rs=list(ex.map(lambda i: [go(cs[i],j) for j in range(20)], range(32)))
            d=time.perf_counter()-t
            u2=usage_of([web.pid]); me2=os.times()
            l=sorted(x for r in rs for _,x in r)
            print(640/d, "req/s; cpu web", (u2.cpu_ms-u.cpu_ms)/640, "me", (me2.user+me2.system-me.user-me.system)/640*1000, "p95", l[int(.95*len(l))], {x.status for r in rs for x,_ in r})
    print((tmp_path/"web.log").read_text()[-2000:])
    assert 0
