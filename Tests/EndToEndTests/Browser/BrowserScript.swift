/// What drives the browser: no package is needed, the browser is told what to do through a pipe.
enum BrowserScript {
    /// Opens the page `argv[1]` in the browser `argv[2]`, wide, narrow and dark, and prints what was drawn and asked for.
    static let look = #"""
        import json, os, shutil, subprocess, sys, tempfile
        # Opens a page in a headless Chromium, which is told what to do through a pipe, and prints what it found there.
        page, browser = sys.argv[1:3]
        profile = tempfile.mkdtemp()
        to_browser, from_browser = os.pipe(), os.pipe()


        def descriptors():
            reads, writes = os.dup(to_browser[0]), os.dup(from_browser[1])
            os.dup2(reads, 3)
            os.dup2(writes, 4)


        process = subprocess.Popen(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--user-data-dir=" + profile, "--remote-debugging-pipe", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False, preexec_fn=descriptors, start_new_session=True)
        commands, answers = os.fdopen(to_browser[1], "wb"), os.fdopen(from_browser[0], "rb")
        os.close(to_browser[0])
        os.close(from_browser[1])
        number, events, buffer = 0, [], b""


        def receive():
            global buffer
            while b"\0" not in buffer:
                part = os.read(answers.fileno(), 1 << 16)
                if not part:
                    sys.exit("the browser is gone")
                buffer += part
            message, _, buffer = buffer.partition(b"\0")
            return json.loads(message)


        def call(method, session=None, **parameters):
            global number
            number += 1
            message = {"id": number, "method": method, "params": parameters}
            if session:
                message["sessionId"] = session
            commands.write(json.dumps(message).encode() + b"\0")
            commands.flush()
            while True:
                answer = receive()
                if answer.get("id") == number:
                    if "error" in answer:
                        sys.exit(f"{method}: {answer['error']}")
                    return answer["result"]
                events.append(answer)


        MEASURE = """
        (() => {
          const drawn = [...document.querySelectorAll('figure > svg')].map(svg => {
            const box = svg.getBoundingClientRect();
            const shapes = [...svg.querySelectorAll('polyline, polygon, circle, rect, line')];
            const outside = [...svg.querySelectorAll('text, line, polyline, polygon')].filter(shape => {
              const own = shape.getBoundingClientRect();
              return own.left < box.left - 2 || own.right > box.right + 2 || own.bottom > box.bottom + 2;
            });
            const curve = svg.querySelector('polyline, polygon')?.getBoundingClientRect();
            return {label: svg.getAttribute('aria-label'), width: box.width, height: box.height, shapes: shapes.length,
                    curveWidth: curve ? curve.width : 0, outside: outside.map(shape => shape.outerHTML)};
          });
          const invalid = [...document.querySelectorAll('svg *')].filter(
            element => [...element.attributes].some(attribute => /NaN|inf|undefined/.test(attribute.value)));
          return {drawn, invalid: invalid.length, overflow: document.documentElement.scrollWidth - window.innerWidth,
                  ground: getComputedStyle(document.body).backgroundColor, ink: getComputedStyle(document.body).color,
                  tables: document.querySelectorAll('table').length, scripts: document.scripts.length, text: document.body.innerText};
        })()
        """

        try:
            target = call("Target.createTarget", url="about:blank")["targetId"]
            session = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ["Page", "Runtime", "Log", "Network"]:
                call(domain + ".enable", session)
            call("Page.navigate", session, url="file://" + page)
            while not any(event.get("method") == "Page.loadEventFired" for event in events):
                events.append(receive())
            views = {}
            for name, width, scheme in [("wide", 1280, "light"), ("narrow", 400, "light"), ("dark", 1280, "dark")]:
                call("Emulation.setDeviceMetricsOverride", session, width=width, height=900, deviceScaleFactor=1, mobile=False)
                call("Emulation.setEmulatedMedia", session, features=[{"name": "prefers-color-scheme", "value": scheme}])
                result = call("Runtime.evaluate", session, expression=MEASURE, returnByValue=True)["result"]
                views[name] = result.get("value") or sys.exit(str(result))
            said = [event["params"] for event in events
                    if event.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")]
            requests = [event["params"]["request"]["url"] for event in events
                        if event.get("method") == "Network.requestWillBeSent"]
            print(json.dumps({"views": views, "said": said, "requests": requests}))
            call("Browser.close")
            process.wait(timeout=10)
        finally:
            try:
                os.killpg(process.pid, 9)
            except ProcessLookupError:
                pass
            process.wait()
            shutil.rmtree(profile, ignore_errors=True)
        """#
}
