# Build: a JDK and Maven. Run: a JRE, a user of no rights, one directory to write in.
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml .
RUN mvn -B -q dependency:go-offline
COPY src src
RUN mvn -B -q -DskipTests package

FROM eclipse-temurin:21-jre
RUN groupadd --system --gid 10001 monitor \
 && useradd --system --uid 10001 --gid monitor --home-dir /var/lib/nostr-monitor --create-home monitor
COPY --from=build /src/target/nostr-monitor.jar /opt/nostr-monitor.jar
USER 10001:10001
WORKDIR /var/lib/nostr-monitor
VOLUME /var/lib/nostr-monitor
ENV NOSTR_MONITOR_HTTP_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-jar", "/opt/nostr-monitor.jar"]
CMD ["run"]
